import { nameOf } from '../text/language'
import { get } from './client'
import type { Area, AreaFeature, Attribute, Config, Kind, Kinds } from './types'

/** What the page learns once at start: settings, the catalogue of kinds, and the towns. */
export class County {
  private readonly byKind: Map<string, Kind>
  private readonly byCode: Map<string, Area>
  /** Kinds whose places are on the map. */
  readonly pointKinds: readonly Kind[]
  /** Kinds of which only the number per town is public. */
  readonly countedKinds: readonly Kind[]
  /** Both, those with points first. */
  readonly allKinds: readonly Kind[]
  /** Towns in the order of their codes. */
  readonly towns: readonly Area[]
  private readonly listeners = new Set<() => void>()

  constructor(
    readonly config: Config,
    private readonly kinds: Kinds,
    readonly areas: readonly AreaFeature[],
  ) {
    this.byKind = new Map(kinds.kinds.map((kind) => [kind.id, kind]))
    const all = areas.map((feature) => feature.properties)
    this.byCode = new Map(all.map((area) => [area.id, area]))
    this.pointKinds = kinds.kinds.filter((kind) => kind.visibility === 'public')
    this.countedKinds = kinds.kinds.filter((kind) => kind.visibility === 'aggregate')
    this.allKinds = [...this.pointKinds, ...this.countedKinds]
    this.towns = all.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Takes over the numbers of a newer state of the map; kinds and towns themselves come with the page. */
  recount(kinds: readonly Kind[], areas: readonly AreaFeature[]): void {
    for (const { id, count } of kinds) {
      const known = this.byKind.get(id)
      if (known) known.count = count
    }
    for (const { properties } of areas) {
      const known = this.byCode.get(properties.id)
      if (known) known.counts = properties.counts
    }
    for (const run of [...this.listeners]) run()
  }

  /** Calls `run` whenever there are other numbers; returns how to stop. */
  whenCounted(run: () => void): () => void {
    this.listeners.add(run)
    return () => this.listeners.delete(run)
  }

  kind(id: string): Kind | undefined {
    return this.byKind.get(id)
  }

  kindName(id: string): string {
    const kind = this.byKind.get(id)
    return kind ? nameOf(kind.name) : id
  }

  area(code: string | null | undefined): Area | undefined {
    return code ? this.byCode.get(code) : undefined
  }

  areaName(code: string | null | undefined): string {
    const area = this.area(code)
    return area ? nameOf(area.name) : ''
  }

  get sharedAttributes(): readonly Attribute[] {
    return this.kinds.attributes
  }

  /** Attributes that a site of this kind can have, those of every site first. */
  attributes(kind: string): readonly Attribute[] {
    return [...this.kinds.attributes, ...(this.byKind.get(kind)?.attributes ?? [])]
  }
}

/** What `recount` takes. */
export async function loadNumbers(): Promise<[readonly Kind[], readonly AreaFeature[]]> {
  const [{ kinds }, { features }] = await Promise.all([get<Kinds>('kinds'), get<{ features: AreaFeature[] }>('areas')])
  return [kinds, features]
}

export async function loadCounty(): Promise<County> {
  const [config, kinds, areas] = await Promise.all([
    get<Config>('config'),
    get<Kinds>('kinds'),
    get<{ features: AreaFeature[] }>('areas'),
  ])
  return new County(config, kinds, areas.features)
}
