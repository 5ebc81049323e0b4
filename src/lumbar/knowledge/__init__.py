"""What is known: cards, sources, questions, rules, tests, exercises, wording, as TOML; checked, no logic.

Importing this package reads nothing: :func:`lumbar.knowledge.library.library` does, once, when first asked.
"""
