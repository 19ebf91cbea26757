"""Which quotes tell one utterance: quotes.variant_of."""

from etl.variants.clusters import find_variants

__all__ = ["find_variants"]
