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
  /** Towns in the order of their codes. */
  readonly towns: readonly Area[]

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
    this.towns = all.sort((a, b) => (a.id < b.id ? -1 : 1))
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

  /** Attributes that a site of this kind can have, those of every site first. */
  attributes(kind: string): readonly Attribute[] {
    return [...this.kinds.attributes, ...(this.byKind.get(kind)?.attributes ?? [])]
  }
}

export async function loadCounty(): Promise<County> {
  const [config, kinds, areas] = await Promise.all([
    get<Config>('config'),
    get<Kinds>('kinds'),
    get<{ features: AreaFeature[] }>('areas'),
  ])
  return new County(config, kinds, areas.features)
}
