import '../../style/sheets.css'
import { isAbort } from '../../api/client'
import {
  type Changed,
  type Colour,
  dropSheet,
  type Edit,
  editRows,
  followSheet,
  getRows,
  getSheet,
  isBusy,
  type Row,
  type Sheet,
  setColumns,
  submitSheet,
} from '../../api/sheets'
import { RowDots } from '../../layers/register/rows'
import { SiteMap } from '../../layers/register/site_map'
import { askSure } from '../../panels/register/ask'
import { SheetPanel } from '../../panels/sheets/sheet'
import { sheetWords } from '../../text/sheets/words'
import type { Office, Room } from '../register/office'

/** One uploaded sheet: followed while it is worked on, then its rows on a map and in a table. */
export class SheetRoom implements Room {
  readonly element: HTMLElement
  private readonly panel: SheetPanel
  private map: SiteMap | null = null
  private dots: RowDots | null = null
  private sheet: Sheet | null = null
  private rows: Row[] = []
  private colour: Colour | null = null
  private chosen: number | null = null
  private stopFollowing: () => void = () => undefined
  private loading = new AbortController()

  constructor(
    private readonly office: Office,
    private readonly id: string,
  ) {
    this.panel = new SheetPanel({
      filter: (colour) => {
        this.colour = this.colour === colour ? null : colour
        this.draw()
      },
      columns: ({ columns, datum }) => void this.work(() => setColumns(id, columns, datum)),
      submit: () => void this.work(() => submitSheet(id)),
      remove: () => this.remove(),
      edit: (edit) => void this.edit(edit),
      show: (row) => this.show(row),
      zoom: (by) => this.map?.zoom(by),
    })
    this.element = this.panel.element
    void this.load()
  }

  close(): void {
    this.stopFollowing()
    this.loading.abort()
    this.dots?.remove()
    this.map?.remove()
  }

  private async load(): Promise<void> {
    try {
      const sheet = await getSheet(this.id, this.office.signal)
      this.sheet = sheet
      this.panel.show(sheet, this.colour)
      if (isBusy(sheet.state)) this.follow()
      else if (sheet.state === 'ready' || sheet.state === 'done') await this.loadRows(sheet)
    } catch (cause) {
      if (!isAbort(cause)) this.office.problem(cause, () => void this.load())
    }
  }

  private follow(): void {
    this.stopFollowing()
    this.stopFollowing = followSheet(this.id, {
      progress: (state, share) => this.panel.progress(state, share),
      done: () => void this.load(),
      failed: (cause) => this.office.problem(cause),
    })
  }

  /** The first page is shown at once, the others join it. */
  private async loadRows(sheet: Sheet): Promise<void> {
    this.loading.abort()
    const loading = new AbortController()
    this.loading = loading
    this.rows = []
    await getRows(
      this.id,
      (rows) => {
        const first = this.rows.length === 0
        this.rows.push(...rows)
        if (first) this.panel.rows(sheet, this.filtered())
        this.drawMap(first)
      },
      loading.signal,
    )
    this.draw()
  }

  private filtered(): Row[] {
    const { colour } = this
    return colour === null ? this.rows : this.rows.filter((row) => row.colour === colour)
  }

  private draw(): void {
    const { sheet } = this
    if (!sheet) return
    this.panel.count(sheet, this.colour)
    this.panel.rows(sheet, this.filtered())
    this.drawMap(false)
  }

  private drawMap(fit: boolean): void {
    if (!this.map) {
      const hands = {
        ground: () => undefined,
        site: () => undefined,
        moved: () => undefined,
        chosen: () => undefined,
        problem: (cause: unknown, retry: () => void) => this.office.problem(cause, retry),
      }
      this.map = new SiteMap(this.panel.map, this.office.county, hands, sheetWords().map)
      this.map.alone()
      this.dots = new RowDots(this.map.map, (row) => this.reveal(row))
      this.dots.add()
    }
    const rows = this.filtered()
    this.dots?.update(rows, this.chosen)
    const spots = rows.flatMap(({ lon, lat }) => (lon === null || lat === null ? [] : [{ lon, lat }]))
    if (fit && spots.length > 0) this.map.show(spots)
  }

  private reveal(row: Row): void {
    this.chosen = row.line
    this.dots?.update(this.filtered(), this.chosen)
    this.panel.table.reveal(row.line)
  }

  private show(row: Row): void {
    this.chosen = row.line
    this.drawMap(false)
    if (row.lon !== null && row.lat !== null) this.map?.show([{ lon: row.lon, lat: row.lat }], 15)
    this.panel.map.scrollIntoView({ block: 'nearest' })
  }

  private async edit(edit: Edit): Promise<void> {
    await this.office.attempt(async () => this.changed(await editRows(this.id, [edit])))
  }

  /** A corrected row may change what is said of others: two that were the same, for one. */
  private changed({ rows, counts }: Changed): void {
    const fresh = new Map(rows.map((row) => [row.line, row]))
    this.rows = this.rows.map((row) => fresh.get(row.line) ?? row)
    if (this.sheet) {
      this.sheet = { ...this.sheet, counts }
      this.panel.count(this.sheet, this.colour)
    }
    // The rows stay where they are under the hands, even those that the filter would now leave out.
    for (const row of rows) this.panel.table.renew(row)
    this.drawMap(false)
  }

  private async work(start: () => Promise<void>): Promise<void> {
    const done = await this.office.attempt(start)
    if (done) await this.load()
  }

  private remove(): void {
    const words = sheetWords()
    const busy = this.sheet && isBusy(this.sheet.state)
    const gone = (): void =>
      void this.office.attempt(async () => {
        this.stopFollowing()
        await dropSheet(this.id)
        this.office.mention(busy ? words.cancelled : words.removed)
        this.office.go('/sheets')
      })
    if (busy) gone()
    else askSure(words.removeTitle, words.removeHint, words.remove, gone)
  }
}
