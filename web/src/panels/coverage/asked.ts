import type { County } from '../../api/county'
import type { Ages, Children, Profile } from '../../api/coverage'
import type { Attribute } from '../../api/types'
import { nextDate } from '../../state/question'
import type { Moment, Question } from '../../state/state'
import { c } from '../../text/coverage/words'
import { nameOf, t } from '../../text/language'
import { count } from '../../text/numbers'
import { inWords } from '../facts'

/** A question with nothing left open. */
export type Asked = {
  kind: string
  minutes: number
  profile: Profile | null
  at: Moment | null
  ages: Ages
  only: Readonly<Record<string, string>>
}

export type Ground = { county: County; profiles: readonly Profile[]; children: Children }

/** Fills in what the question leaves to the county, and drops what the county does not know. */
export function asked(question: Question, { county, profiles, children }: Ground): Asked {
  const kinds = county.pointKinds
  const kind = kinds.find(({ id }) => id === question.kind) ?? kinds.find((k) => k.count !== 0) ?? kinds[0]
  const usual = profiles.find((profile) => profile.usual) ?? profiles[0] ?? null
  const known = kind ? filters(county, kind.id).map(({ id }) => id) : []
  return {
    kind: kind?.id ?? '',
    minutes: question.minutes ?? kind?.walk_minutes ?? 15,
    profile: profiles.find(({ id }) => id === question.profile) ?? usual,
    at: question.at,
    ages: question.ages ?? children.usual,
    only: Object.fromEntries(Object.entries(question.only).filter(([id]) => known.includes(id))),
  }
}

/** Of what the server is asked, everything but minutes and ages: walking times depend on no more. */
export function parameters({ kind, profile, at, only }: Asked, today: Date): Record<string, string | undefined> {
  return { kind, profile: profile?.id, at: at ? nextDate(at, today) : undefined, ...only }
}

export function agesParameter({ ages }: Asked): string {
  return `${ages.from}-${ages.to}`
}

/** Attributes of the kind by which sites can be told apart with one choice. */
export function filters(county: County, kind: string): readonly Attribute[] {
  return (county.kind(kind)?.attributes ?? []).filter(({ type }) => type === 'bool' || type === 'choice')
}

export function agesInWords({ from, to }: Ages): string {
  return c().question.agesOf(count(from), count(to))
}

/** The same within a sentence. */
export function agedInWords({ from, to }: Ages): string {
  return c().question.aged(count(from), count(to))
}

export function minutesInWords(minutes: number): string {
  return c().minutes(count(minutes))
}

export function momentInWords(at: Moment | null): string {
  return at ? `${t().hours.days[at.day] ?? ''} ${at.time}` : c().question.anyTime
}

export function onlyInWords(only: Asked['only'], attributes: readonly Attribute[]): string {
  const parts = attributes.flatMap((attribute) => {
    const value = only[attribute.id]
    if (value === undefined) return []
    if (attribute.type === 'bool' && value === 'true') return [nameOf(attribute.name)]
    return [attribute.type === 'bool' ? `${nameOf(attribute.name)}: ${t().no}` : (inWords(attribute, value) ?? value)]
  })
  return parts.length > 0 ? parts.join(t().join) : c().question.allSites
}
