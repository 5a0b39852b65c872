import { get } from './client'
import type { components } from './types.gen'

export type Profile = components['schemas']['ProfileAnswer']

export function getProfiles(): Promise<Profile[]> {
  return get<Profile[]>('profiles')
}

/** Who walks: with a wheel that takes no steps, else the child. The county's usual walker where it has no such profile. */
export function walkerFor(age: number | null, wheels: boolean, profiles: readonly Profile[]): Profile | null {
  const wanted = wheels ? 'wheelchair' : age === null ? '' : idFor(age)
  const usual = profiles.find((profile) => profile.usual) ?? null
  return profiles.find(({ id }) => id === wanted) ?? usual
}

function idFor(age: number): string {
  return age < 6 ? 'toddler_with_carer' : age < 10 ? 'child_6_9' : 'child_10_14'
}
