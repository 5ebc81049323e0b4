"""Which deadlift this is: as the lifter says, else as far as it can be told from the side."""

from typing import TypeAlias, get_args

from lumbar.knowledge import form_rules

Style: TypeAlias = form_rules.Style
STYLES: tuple[Style, ...] = get_args(form_rules.Style)
