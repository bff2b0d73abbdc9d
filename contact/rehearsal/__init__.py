"""Once an hour the clock sends an inquiry of its own the whole way that a visitor's goes.

The page, the form, the sealing, the database, the worker and the mail server are each well on
their own, and yet messages may not arrive. So one is sent, read back and removed again; when it
does not come all the way, somebody is told. It never counts as an inquiry: see
`contact.models.inquiry.PeoplesInquiries`.
"""
