"""Normalising: a raw article becomes a title, a body and parts, and nothing of its text is lost."""

from etl.normalise.article import LineRules, load_line_rules, normalise_article

__all__ = ["LineRules", "load_line_rules", "normalise_article"]
