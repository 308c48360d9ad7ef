"""Who works on lines of the ledger, and how many lines make a stack for them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from queue import SimpleQueue

from apps.transfer.mover.hands import Do, Errors, Hands, Stack

AIM_S = 0.05
MOST_LINES = 16
PREPARED = 4
"""How many stacks wait for each hand."""


@dataclass(frozen=True, slots=True)
class Landing:
    """A stack that somebody is done with. Without ``errors`` nobody knows what became of it: who had it is dead."""

    crew: Crew
    stack: Stack
    errors: Errors | None
    seconds: float


class Crew(ABC):
    """So many hands. What they are done with lands in a queue, each stack once, whatever happened to it.

    ``under_way`` counts stacks that were taken and not given back; ``lines`` is how many make the next stack.
    """

    def __init__(self, hands: int, landed: SimpleQueue[Landing]) -> None:
        self.landed = landed
        self.under_way = 0
        self.lines = 1
        self._most = hands * PREPARED

    @property
    def is_full(self) -> bool:
        return self.under_way >= self._most

    def take(self, stack: Stack) -> None:
        self.under_way += 1
        self._hand_over(stack)

    def give_back(self, landing: Landing) -> None:
        """It was taken out of the queue. The next stacks have as many lines as take about ``AIM_S``."""
        self.under_way -= 1
        wanted = int(AIM_S * len(landing.stack) / max(landing.seconds, 1e-6))
        self.lines = max(1, min(wanted, 2 * self.lines, MOST_LINES))

    @abstractmethod
    def _hand_over(self, stack: Stack) -> None: ...

    @abstractmethod
    def look(self) -> None:
        """To be called when nothing landed for a while."""

    @abstractmethod
    def stop(self) -> None:
        """Bid all break off at the next file; what they have lands all the same."""

    @abstractmethod
    def close(self) -> None: ...


class Threads(Crew):
    """Of this process. They know by themselves when to break off."""

    def __init__(self, do: Do, hands: int, landed: SimpleQueue[Landing]) -> None:
        super().__init__(hands, landed)
        self._hands = Hands(do, hands, self._done)

    def _hand_over(self, stack: Stack) -> None:
        self._hands.take(stack)

    def _done(self, stack: Stack, errors: Errors, seconds: float) -> None:
        self.landed.put(Landing(self, stack, errors, seconds))

    def look(self) -> None:
        self._hands.look()

    def stop(self) -> None:
        """Nothing is to be told."""

    def close(self) -> None:
        self._hands.close()
