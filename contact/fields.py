"""A model field whose text is sealed in the database and opened only when somebody looks at it."""

from typing import Any, NoReturn

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.functions import Cast
from django.db.models.query_utils import DeferredAttribute

from .sealing import TOKEN_SHAPE, Place, key_ring, token_beginning


class Sealed:
    """A token on its way between the database and a row. It shows nothing of itself."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    def __repr__(self) -> str:
        return "<sealed>"


class SealedAttribute(DeferredAttribute):
    """Opens the text when it is read from the row.

    The row keeps the token and not the text, so each reading opens it anew. A token that does not
    open raises SealingError; the token itself never comes out.
    """

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = self.field.stored(instance)
        if isinstance(value, Sealed):
            return key_ring().open(value.token, self.field.place(instance))
        return value

    def __set__(self, instance: models.Model, value: str | Sealed) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    """Text of any length, stored as a token that opens in this column and row only.

    An empty text is sealed like any other: an empty column is damage, and whether somebody left a
    phone number cannot be seen from outside. The row must know its primary key before it is
    saved, as a UUID made by a default does. Forms leave the field out, lookups and plain
    `update()` refuse it, and `dumpdata` stops at it.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def place(self, instance: models.Model) -> Place:
        """Where this row's text is sealed. Raises ValueError while the row has no key."""
        if instance.pk is None:
            raise ValueError(f"{self.name} cannot be sealed before its row has a primary key.")
        return Place(self.model._meta.db_table, str(self.column), str(instance.pk))

    def stored(self, instance: models.Model) -> str | Sealed:
        """What the row holds: a token from the database, or a text that is not saved yet."""
        data = instance.__dict__
        if self.attname not in data:
            rows = type(instance)._base_manager.filter(pk=instance.pk)
            data[self.attname] = rows.values_list(self.attname, flat=True).get()
        return data[self.attname]

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed:
        return Sealed(value or "")

    def token(self, instance: models.Model) -> str:
        """The row's token. A text that is not saved yet is sealed first, and leaves the row."""
        value = self.stored(instance)
        if not isinstance(value, Sealed):
            value = Sealed(key_ring().seal(str(value), self.place(instance)))
            setattr(instance, self.attname, value)
        return value.token

    def sealed_by(self, key_id: str) -> models.QuerySet:
        """The rows whose token this key has sealed. Opens nothing.

        Lookups on the column are refused, since its text cannot be compared; what key a token
        names stands in clear, and is looked for in the column as it is stored.
        """
        return self._as_stored().filter(stored_token__startswith=token_beginning(key_id))

    def not_sealed(self) -> models.QuerySet:
        """The rows that hold something else than a token. Opens nothing."""
        return self._as_stored().exclude(stored_token__regex=TOKEN_SHAPE)

    def _as_stored(self) -> models.QuerySet:
        """All rows, with what stands in the column as `stored_token`."""
        token = Cast(self.attname, models.TextField())
        return self.model._base_manager.alias(stored_token=token)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        return Sealed(self.token(model_instance))

    def get_prep_value(self, value: Any) -> str:
        """The token for the database. Text without its row cannot be sealed, so it is refused."""
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: set it on the row and save the row.")
        return value.token

    def to_python(self, value: Any) -> Any:
        return value

    def value_from_object(self, obj: models.Model) -> Any:
        return self.stored(obj)

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise TypeError(f"{self.name} is sealed and is not exported. Use `manage.py backup`.")

    def get_lookup(self, lookup_name: str) -> NoReturn:
        raise FieldError(f"{self.name} is sealed: look it up in the blind index.")

    def get_transform(self, lookup_name: str) -> NoReturn:
        raise FieldError(f"{self.name} is sealed: look it up in the blind index.")


def sealed_fields() -> list[SealedTextField]:
    """Every sealed column of the project."""
    columns = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return [field for field in columns if isinstance(field, SealedTextField)]
