// The words on the wire, from the server's own description; `npm run types` makes types.gen.ts anew and a test fails
// when it is old. What that description leaves open is said more exactly here.
import type { components } from './types.gen'

export type Schemas = components['schemas']

/** west, south, east, north in WGS-84 degrees. */
export type Box = [number, number, number, number]
/** A number, or what may be said of a kind that is never shown place by place: "<5", ">=12". */
export type Count = number | string

export type Config = Schemas['PageConfig']
export type Attribute = Schemas['AttributeShown']
export type Kind = Omit<Schemas['KindShown'], 'count'> & { count: Count }
export type Kinds = Omit<Schemas['KindList'], 'kinds'> & { kinds: Kind[] }
export type Area = Omit<Schemas['AreaProperties'], 'counts'> & { counts: Record<string, Count> }
export type AreaFeature = Omit<Schemas['AreaFeature'], 'properties'> & { properties: Area }
export type SiteProperties = Schemas['SiteProperties']
export type SiteFeature = Schemas['SiteFeature']
export type SitePage = Schemas['SiteCollection']
/** Where a target stands; its name is also that of where a registration stands, which the description gives instead. */
export type Target = Omit<Schemas['Measured'], 'state'> & { state: 'met' | 'on_track' | 'at_risk' | 'late' }
export type ProblemBody = Schemas['ProblemBody']

/** A noun of the description as the server writes it: what may be missing there is always sent, as null. */
export type Told<Name extends keyof Schemas, Other extends string = never> = Omit<Whole<Schemas[Name]>, Other>
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<T[K]> }
    : T
