"""Rules, neurons, experiments and questions of one's own: all that is wrong with them at once, and what they do.

    from plasticity.authoring import checked
    checked(RULE)                       # in a notebook: verdict, picture, window, mean drift, agreement of the engines
    checked(lambda: Rule("mine", ...))  # everything that is wrong with it, where making it would stop at the first

`check_file` does the same with a file, and `new_package` begins a package.
"""

from plasticity.authoring.checking import Checked, check_file, checked
from plasticity.authoring.packages import KINDS, new_package
from plasticity.authoring.report import Report

__all__ = ["KINDS", "Checked", "Report", "check_file", "checked", "new_package"]
