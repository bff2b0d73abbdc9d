"""What the Nu HTML checker finds in pages, their style sheets included."""

import json
import shutil
import subprocess
from pathlib import Path

JAVA = shutil.which("java")
CHECKER = Path(__file__).parent / "tools/node_modules/vnu-jar/build/dist/vnu.jar"


def findings_in(folder: Path) -> dict[str, list[str]]:
    """What is found in each `.html` file of a folder, by the file's name without its ending.

    Errors, warnings and remarks alike, for all files in one run: Java takes longer to start than
    to check a page. Raises CalledProcessError when the checker itself fails.
    """
    files = sorted(folder.glob("*.html"))
    command = ["java", "-jar", str(CHECKER), "--stdout", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {file.stem: [] for file in files}
    for message in json.loads(done.stdout)["messages"]:
        kind = message.get("subType", message["type"])
        words = f"{kind}: {message['message']} {message.get('extract', '')}"
        found[Path(message["url"]).stem].append(" ".join(words.split()))
    return found
