"""How much likelier two blocks are one another's translation than any two blocks of the two articles are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from kitabat.catalogs.adoption.lattice import NEVER
from kitabat.catalogs.adoption.traits import KEPT, STRONG, Trait, Traits, contradicts
from kitabat.catalogs.adoption.tree import HEADING, SECTION, Node

SPREAD = 0.17
"""Standard deviation of the logarithm of lengths of long texts and their translations, as the sample publication has
it; see docs/decisions/0007-adoption.md."""
SPREAD_OF_SHORT = 1.3
"""What a text of one character adds to the variance; of two, half of it, and so on."""
UNLIKE = 1.0
"""Standard deviation of the logarithm of lengths of any two texts."""
MOST_FOR_LENGTH, LEAST_FOR_LENGTH = 2.0, -6.0
MOST_FOR_TRAITS, LEAST_FOR_TRAITS = 12.0, -8.0
LEAST_FOR_BUILD, MOST_FOR_HEADINGS = -3.0, 4.0
"""Of sections: for lengths and shapes, and for their headings."""
SAME_NAME = 5.0
"""For two sections of one id, two footnotes of one label, two pictures of one file."""
SAME_NUMBER_OF_BLOCKS, EACH_BLOCK_MORE, LEAST_FOR_SHAPE = 1.0, -0.8, -5.0
OTHER_TEXTS, USUAL = 20, 0.02
"""Texts that are thought of beside those of the article, and the part of them that has any one trait."""
EACH_GONE, LEAST_FOR_GONE = -1.5, -4.0
"""For a number or an address that the other article has nowhere."""
CONTRADICTION = -5.0
"""For two texts with numbers, of which none is in both, or addresses."""
JOINABLE = frozenset({"section", "paragraph", "list", "list item", "definition", "caption", "footnote"})
"""Kinds of which two may have become one."""
OUTLIER = 3.0
"""Standard deviations from which a length is not one that a certain pair has."""


class Likelihood:
    """The measure for one pair of articles; which of the two is the source does not matter."""

    def __init__(self, source: Node, target: Node, ratio: float = 0.0) -> None:
        """Take the measure of two articles; ``ratio`` of lengths where it is known better than by their wholes."""
        self.ratio = ratio or max(1, target.traits.length) / max(1, source.traits.length)
        known = source.traits.found & target.traits.found
        self.common = frozenset(trait for trait in known if trait[0] in KEPT)
        self.share = _shares(source, self.common), _shares(target, self.common)
        self._kept: dict[Node, frozenset[Trait]] = {}

    def of(self, source: Node, target: Node) -> float:
        """Return the weight of a pair, as a logarithm; ``NEVER`` where the two are of different kinds."""
        if source.kind != target.kind:
            return NEVER
        weight = self.of_traits(source, target)
        build = self.of_lengths(source.traits, target.traits)
        if source.children or target.children:
            build += of_shapes(source.shape, target.shape)
        elif contradicts(source.traits, target.traits):
            weight += CONTRADICTION
        if source.kind == SECTION:
            build = max(LEAST_FOR_BUILD, build) + self.of_headings(source, target)
        if source.name and source.name == target.name:
            weight += SAME_NAME
        return weight + build

    def of_headings(self, source: Node, target: Node) -> float:
        """Return what the headings of two sections say; an editor may have left out most of what is below them."""
        ours, theirs = source.children[:1], target.children[:1]
        if not ours or not theirs or not ours[0].kind == theirs[0].kind == HEADING:
            return 0.0
        return max(LEAST_FOR_BUILD, min(MOST_FOR_HEADINGS, self.of(ours[0], theirs[0])))

    def deviations(self, source: Traits, target: Traits) -> float:
        """Return by how many standard deviations a length is not what it is expected to be."""
        wanted, found = max(1.0, source.length * self.ratio), max(1.0, float(target.length))
        spread = math.sqrt(SPREAD**2 + SPREAD_OF_SHORT / min(wanted, found))
        return math.log(found / wanted) / spread

    def of_lengths(self, source: Traits, target: Traits) -> float:
        """Return what the lengths say."""
        if not source.length or not target.length:
            return 0.0 if source.length == target.length else LEAST_FOR_LENGTH
        spread = math.sqrt(SPREAD**2 + SPREAD_OF_SHORT / min(source.length * self.ratio, target.length))
        weight = math.log(UNLIKE / min(UNLIKE, spread)) + 0.5 - self.deviations(source, target) ** 2 / 2
        return max(LEAST_FOR_LENGTH, min(MOST_FOR_LENGTH, weight))

    def of_traits(self, source: Node, target: Node) -> float:
        """Return what numbers, addresses, names and words say that both articles have."""
        ours, theirs = self.kept(source), self.kept(target)
        hits = sum(self.of_hit(trait, source, target) for trait in ours & theirs)
        misses = sum(math.log(1 - KEPT[trait[0]]) * self.rarity(trait) for trait in ours ^ theirs)
        lost = source.traits.found ^ target.traits.found
        gone = sum(1 for trait in lost if trait[0] in STRONG and trait not in self.common)
        misses = max(LEAST_FOR_TRAITS, misses) + max(LEAST_FOR_GONE, EACH_GONE * gone)
        return max(LEAST_FOR_TRAITS, min(MOST_FOR_TRAITS, hits + misses))

    def kept(self, node: Node) -> frozenset[Trait]:
        """Return the traits of a node that count."""
        found = self._kept.get(node)
        if found is None:
            found = self._kept[node] = node.traits.found & self.common
        return found

    def of_hit(self, trait: Trait, source: Node, target: Node) -> float:
        """Return what it says that both have a trait: the more, the less it is to be expected."""
        chances = (
            1 - (1 - share[trait]) ** max(1, node.traits.leaves)
            for share, node in zip(self.share, (source, target), strict=True)
        )
        return max(0.0, math.log(KEPT[trait[0]] / max(chances)))

    def rarity(self, trait: Trait) -> float:
        """Return how much it says that one of two has no trait of the other's: from 0, where all have it, to 1."""
        return 1 - max(share[trait] for share in self.share)


def _shares(whole: Node, common: Iterable[Trait]) -> Mapping[Trait, float]:
    """Return in what part of an article's texts to expect each trait; a short article tells little of it."""
    leaves = [node for node in whole.walk() if not node.children]
    counts = Counter(trait for leaf in leaves for trait in leaf.traits.found)
    return {trait: (counts[trait] + USUAL * OTHER_TEXTS) / (len(leaves) + OTHER_TEXTS) for trait in common}


def of_shapes(source: Counter[str], target: Counter[str]) -> float:
    """Return what it says how many blocks of which kind two blocks hold.

    >>> of_shapes(Counter({"paragraph": 3}), Counter({"paragraph": 3}))
    1.0
    """
    more = sum(((source - target) + (target - source)).values())
    return max(LEAST_FOR_SHAPE, SAME_NUMBER_OF_BLOCKS + EACH_BLOCK_MORE * more)
