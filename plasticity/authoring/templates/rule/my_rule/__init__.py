"""A plasticity rule: `my_rule.rule`."""
