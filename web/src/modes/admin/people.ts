import '../../style/admin.css'
import { isAbort } from '../../api/client'
import { addPerson, changePerson, getUnits, type Invitation, listPeople, newLink } from '../../api/people'
import { PeoplePanel, showLink } from '../../panels/admin/people'
import { askSure } from '../../panels/register/ask'
import { adminWords } from '../../text/admin/words'
import type { Office, Room } from '../register/office'

/** Who has an account, and what they may do. */
export function peopleRoom(office: Office): Room {
  const panel = new PeoplePanel({
    save: async (person, { active, ...body }) => {
      if (person) {
        const { name, unit, roles } = body
        await changePerson(person, { name, unit, roles, active })
        office.mention(adminWords().people.saved)
      } else {
        const made = await addPerson(body)
        // After the form's own dialog is gone, so that only one is open.
        setTimeout(() => show(made.person.name, made))
      }
      await load()
    },
    link: (person) => {
      const words = adminWords().people
      askSure(words.newLinkTitle, words.newLinkBody, words.give, () => {
        void office.attempt(async () => show(person.name, await newLink(person.id)))
      })
    },
  })
  const show = (name: string, invitation: Invitation): void => {
    const address = addressOf(invitation.link)
    showLink(name, invitation, address, () => void office.copy(address))
  }
  const load = async (): Promise<void> => {
    try {
      const [people, units] = await Promise.all([listPeople(office.signal), getUnits(office.signal)])
      panel.update(people, units)
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void load())
    }
  }
  void load()
  return { element: panel.element }
}

/** The server tells the part after its own name, which it does not know; this page does. */
function addressOf(link: string): string {
  const page = new URL('./', location.href)
  return new URL(link.replace(/^\//, ''), page).href
}
