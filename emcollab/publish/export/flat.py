"""The ledger as flat tables, for other tools: typed columns, keys and foreign keys, and rows.

The one description from which every format of `export` is made, so that they cannot disagree. A column that is
a field of a record has the field's own name and words. Every record is in it whole, and with `parts` and
`published_cells` what follows from them: the share of each force, and print beside ledger.
"""

from dataclasses import dataclass
from datetime import date

from emcollab.publish.export import figures, printed, projects, references
from emcollab.publish.export.table import FlatTable
from emcollab.records.ledger import Ledger
from emcollab.results.as_at import figures_on
from emcollab.results.standing import find_standing
from emcollab.results.totals import Selection, Totals, total_by
from emcollab.values.terms import MEASURES


@dataclass(frozen=True, slots=True)
class Flat:
    """The ledger as at a day (`None`: every paper counts), in tables of which none refers to a later one.

    `dated` is the day of the latest paper, if there is one. `summaries` has, for each measure of which there
    are totals, the summary table by area.
    """

    title: str
    as_at: date | None
    dated: date | None
    tables: tuple[FlatTable, ...]
    summaries: dict[str, Totals]

    def table(self, name: str) -> FlatTable:
        """Return the table called `name`."""
        return next(table for table in self.tables if table.name == name)


def flatten(ledger: Ledger, as_at: date | None = None) -> Flat:
    """Return `ledger` in flat tables; figures stand in it as at `as_at`, those of later papers do not."""
    on_day = figures_on(ledger, as_at)
    totals = {measure: total_by(on_day, "area", Selection(measure=measure)) for measure in MEASURES}
    return Flat(
        title=ledger.settings.title,
        as_at=as_at,
        dated=max((source.date for source in ledger.sources.values()), default=None),
        tables=(
            references.flatten_ledger(ledger, as_at),
            references.flatten_areas(ledger),
            references.flatten_forces(ledger),
            references.flatten_sources(ledger),
            references.flatten_share_keys(ledger),
            projects.flatten_projects(ledger),
            projects.flatten_project_forces(ledger),
            projects.flatten_project_sources(ledger),
            figures.flatten_benefits(ledger),
            figures.flatten_shares(ledger),
            figures.flatten_figures(ledger, set(find_standing(on_day.figures))),
            figures.flatten_parts(ledger),
            projects.flatten_outcomes(ledger),
            projects.flatten_milestones(ledger),
            printed.flatten_published(ledger),
            printed.flatten_published_cells(ledger),
            printed.flatten_published_notes(ledger),
            printed.flatten_recommendation_sets(ledger),
            printed.flatten_recommendations(ledger),
        ),
        summaries={measure: summary for measure, summary in totals.items() if summary.rows},
    )
