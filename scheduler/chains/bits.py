"""Masks of the slots of a day in compiled code: whole numbers of 62 bits at most."""

from scheduler.chains.compiling import compiled


@compiled
def ones(mask: int) -> int:
    """How many bits are set, for masks that are not negative. In this form one instruction of the processor."""
    mask -= (mask >> 1) & 0x5555555555555555
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    return (int(mask) * 0x0101010101010101 >> 56) & 127


@compiled
def width(mask: int) -> int:
    """The place after the highest bit."""
    mask |= mask >> 1
    mask |= mask >> 2
    mask |= mask >> 4
    mask |= mask >> 8
    mask |= mask >> 16
    mask |= mask >> 32
    return ones(mask)


@compiled
def wait(day: int, break_weight: int, idle_weight: int) -> int:
    """What the free slots between the meetings of a day cost."""
    if day == 0:
        return 0
    idle = width(day) - ones((day & -day) - 1) - ones(day)
    return break_weight * (ones(day & ~(day << 1)) - 1) + idle_weight * idle


@compiled
def painless(day: int, length: int) -> int:
    """The free slots in which one more meeting lengthens no waiting: gaps, and those beside the first and the last."""
    if day == 0:
        return (1 << length) - 1
    low, high = day & -day, 1 << width(day)
    return ((high - low) | (low >> 1) | high) & ~day & ((1 << length) - 1)
