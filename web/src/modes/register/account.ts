import { changePassword, signOut } from '../../api/session'
import { accountPage } from '../../panels/register/password'
import { r } from '../../text/register/words'
import type { Office, Room } from './office'

export async function accountRoom(office: Office): Promise<Room> {
  const kept = (await office.outbox.kept()).length
  const element = accountPage(office.person, kept, {
    change: async (old, fresh) => {
      await changePassword(old, fresh)
      office.mention(r().account.changed)
    },
    out: (everywhere) =>
      void office.attempt(async () => {
        await signOut(everywhere)
        office.leave()
      }),
  })
  return { element }
}
