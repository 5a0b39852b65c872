import { get } from './client'
import type { UnitName } from './session'

/** The units; in a database that knows only their names, the name stands for the id. */
export async function getUnits(signal?: AbortSignal): Promise<UnitName[]> {
  const { units } = await get<{ units: { id?: string; name: string }[] }>('units', {}, signal)
  return units.map(({ id, name }) => ({ id: id ?? name, name }))
}
