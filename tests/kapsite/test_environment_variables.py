"""The README's table of environment variables and the code that reads them are the same list."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from kapsite.secretfile import BASE_DIR

READERS = ["settings.py", "secretfile.py", "bootstrap.py", "gunicorn.conf.py"]
NOT_OURS = {"PATH"}


def names_read(source: str) -> Iterator[str]:
    """The names in `env.kind("NAME")`, `_secret("NAME")` and its like, `os.environ["NAME"]`."""
    return (name for name in _constants_read(source) if str(name).isupper())


def _constants_read(source: str) -> Iterator[Any]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(name), *_]
            ):
                yield name
            case ast.Call(
                func=ast.Name(id="_secret" | "_number" | "_switch"), args=[ast.Constant(name), *_]
            ):
                yield name
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="environ"), attr="get"),
                args=[ast.Constant(name), *_],
            ):
                yield name
            case ast.Subscript(
                value=ast.Attribute(attr="environ"), slice=ast.Constant(name), ctx=ast.Load()
            ):
                yield name


def names_in_readme() -> list[str]:
    """The first column of the table that begins with "Variable"."""
    text = (BASE_DIR / "README.md").read_text(encoding="utf-8")
    table = text.split("| Variable |")[1].split("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def test_readme_lists_every_variable_that_is_read_and_no_other():
    folder = BASE_DIR / "kapsite"
    read = {name for file in READERS for name in names_read((folder / file).read_text())}
    listed = names_in_readme()
    assert set(listed) == read - NOT_OURS
    assert len(listed) == len(set(listed)) > 10


def test_no_other_module_reads_the_environment():
    apps = [BASE_DIR / app for app in ("kapsite", "pages", "contact")]
    modules = [path for app in apps for path in app.rglob("*.py") if path.name not in READERS]
    assert len(modules) > 50
    assert {str(p): names for p in modules if (names := list(names_read(p.read_text())))} == {}
