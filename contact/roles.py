"""What each staff group may do with inquiries. Set-up makes the groups from this table."""

OWNER, EDITOR, REVIEWER, INTAKE = "Owner", "Editor", "Clinical reviewer", "Intake team"

PERMISSIONS: dict[str, tuple[str, ...]] = {
    OWNER: (
        "contact.view_inquiry",
        "contact.change_inquiry",
        "contact.delete_inquiry",
        "contact.view_auditentry",
        "contact.view_notice",
        "contact.change_notice",
    ),
    EDITOR: (),
    REVIEWER: (),
    INTAKE: ("contact.view_inquiry", "contact.change_inquiry"),
}
