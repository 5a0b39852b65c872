import '../../style/admin.css'
import { isAbort } from '../../api/client'
import { addToken, addUnit, changeUnit, listTokens, listUnits, revokeToken, type UnitListed } from '../../api/people'
import { openTokens, UnitsPanel } from '../../panels/admin/units'
import { askSure } from '../../panels/register/ask'
import { adminWords } from '../../text/admin/words'
import type { Office, Room } from '../register/office'

/** The responsible units and what their scripts sign in with. */
export function unitsRoom(office: Office): Room {
  const saved = async (): Promise<void> => {
    office.mention(adminWords().units.saved)
    await load()
  }
  const panel = new UnitsPanel({
    add: async (name) => {
      await addUnit(name)
      await saved()
    },
    change: async ({ id, version }, name, confirmed) => {
      if (id !== null) await changeUnit(id, version, name, confirmed)
      await saved()
    },
    tokens: (unit) => tokens(office, unit),
  })
  const load = async (): Promise<void> => {
    try {
      panel.update(await listUnits(office.signal))
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void load())
    }
  }
  void load()
  return { element: panel.element }
}

function tokens(office: Office, unit: UnitListed): void {
  const { id } = unit
  if (id === null) return
  const words = adminWords().units
  const show = openTokens(unit, {
    make: async (name, scope) => {
      const secret = await addToken(id, name, scope)
      await load()
      return secret
    },
    revoke: (token) =>
      askSure(words.revokeTitle, words.revokeHint, words.revoke, () => {
        void office.attempt(async () => {
          await revokeToken(id, token.id)
          await load()
        })
      }),
    copy: (secret) => void office.copy(secret),
  })
  const load = async (): Promise<void> => {
    try {
      show(await listTokens(id, office.signal))
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void load())
    }
  }
  void load()
}
