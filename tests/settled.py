"""Waits, without sleeping, until nothing is under way beside the window."""

from ui.papers.page_maker import paper_maker
from ui.work.background import labourer
from ui.work.worker import locksmith, writer


def all_done() -> None:
    """Until every passphrase is tried, every paper made, every longer work done, and everything
    typed is saved or refused."""
    workers = (locksmith(), labourer(), paper_maker(), writer())
    while any(worker.busy for worker in workers):
        for worker in workers:
            worker.settle()
