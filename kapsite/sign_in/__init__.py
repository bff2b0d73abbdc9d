"""How staff come in: password and second step, and what keeps everybody else out.

`views` and `forms` are what somebody sees; `gate` stands in front of every address of the admin;
`factors` and `sessions` keep what is secret sealed; `locks`, `freshness` and `idle` are the rules;
`devices` tells people about a device that is new; `recovery` is the way back in. django-allauth
does the second step itself, django-axes the counting of failures.
"""
