"""Who may do what with scripture, as named rules. A manager alone signs nothing: that is knowledge, not rank."""

from __future__ import annotations

from typing import Any

import rules

# Name of the role's group, as stored. library.roles makes the group and translates the name.
SCHOLARS = "Scholars"


@rules.predicate
def is_system(user: Any) -> bool:
    """Machinery: import, demonstration."""
    return bool(getattr(user, "is_system", False))


@rules.predicate
def is_scholar(user: Any) -> bool:
    """Whether `user` has the role Scholar. One query; being a manager is not enough."""
    return bool(getattr(user, "is_active", False)) and bool(user.groups.filter(name=SCHOLARS).exists())


def _may(permission: str) -> Any:
    @rules.predicate(name=f"has {permission}")
    def allowed(user: Any) -> bool:
        return bool(getattr(user, "is_active", False)) and bool(user.has_perm(permission))

    return allowed


@rules.predicate
def is_another_than_the_editor(user: Any, hadith: Any) -> bool:
    """Two persons: whoever last edited a hadith does not sign it."""
    return hadith is None or hadith.edited_by_id is None or hadith.edited_by_id != user.pk


may_edit_hadith = is_system | _may("scripture.change_hadith")
may_delete_hadith = is_system | _may("scripture.delete_hadith")
may_sign_hadith = is_scholar & is_another_than_the_editor
# Taking a text away from readers is safe: whoever signs, and whoever takes pages down.
may_unsign_hadith = is_scholar | _may("scripture.delete_hadith")
may_overrule = is_scholar
may_edit_report = is_system | _may("scripture.change_textreport")
may_answer_report = is_system | is_scholar | _may("scripture.change_textreport")
may_import_rendering = is_system | is_scholar
may_show_rendering = is_scholar
