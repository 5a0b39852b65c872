import { fieldId } from '../../panels/register/form/attributes'
import { mostPhotos, type PhotosField } from '../../panels/register/form/photos'
import { type Draft, newKey } from '../../state/drafts'
import { f } from '../../text/form/words'
import { shrink } from '../../ui/picture'

type Photos = Draft['photos']

/** Photos as they come from the camera, made small one after the other; `take` gets the list with each new one. */
export async function addPhotos(
  field: PhotosField,
  files: readonly File[],
  known: () => Photos,
  take: (photos: Photos) => void,
): Promise<void> {
  field.fail('')
  field.busy(true)
  for (const file of files.slice(0, mostPhotos - known().length)) {
    try {
      const { file: small, small: picture } = await shrink(file)
      take([...known(), { key: newKey(), file: small, id: null, small: picture }])
    } catch {
      // Not a picture, or of a sort that this browser does not know; the others are taken all the same.
      field.fail(f().photoUnread(file.name))
    }
  }
  field.busy(false)
  document.getElementById(fieldId('photos'))?.focus()
}

/** The same photos with one of them a place further to the front. */
export function movedForward(photos: Photos, key: string): Photos {
  const moved = [...photos]
  const at = moved.findIndex((photo) => photo.key === key)
  const [one] = moved.splice(at, 1)
  if (one) moved.splice(at - 1, 0, one)
  return moved
}
