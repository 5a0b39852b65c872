// Photos of a phone made small before they are sent: a few hundred kilobytes instead of several million.

const longest = 2048
const smallest = 240

export type Shrunk = { file: Blob; small: string }

/** A photo as JPEG of at most 2048 pixels a side, upright, without what the camera wrote beside it; and a thumbnail. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const small = draw(picture, smallest).toDataURL('image/jpeg', 0.8)
    const canvas = draw(picture, longest)
    const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
    if (!jpeg) throw new Error('the browser made no JPEG of the picture')
    return { file: jpeg, small }
  } finally {
    picture.close()
  }
}

function draw(picture: ImageBitmap, most: number): HTMLCanvasElement {
  const { width, height } = fitted(picture.width, picture.height, most)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser has no 2d canvas')
  // A transparent picture would turn black in a JPEG.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

/** Sides no longer than `most`, in the same proportion, never larger than they were. */
export function fitted(width: number, height: number, most: number): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
