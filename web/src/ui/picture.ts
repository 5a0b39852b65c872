// Photos of a phone made small before they are sent: a few hundred kilobytes instead of several million.

const smallest = 240
/** What a slow line at the gate carries in half a minute or so. */
const mostBytes = 1_000_000
/** Longest side and quality, each lighter than the one before; the first that is light enough is taken, or the last. */
const sizes = [
  { longest: 2048, quality: 0.85 },
  { longest: 2048, quality: 0.7 },
  { longest: 1600, quality: 0.7 },
  { longest: 1280, quality: 0.65 },
] as const

export type Shrunk = { file: Blob; small: string }

/** A photo as JPEG of about 1 MB at most, upright, without what the camera wrote beside it; and a thumbnail. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const small = draw(picture, smallest).toDataURL('image/jpeg', 0.8)
    const jpeg = await lightEnough((longest, quality) => encoded(draw(picture, longest), quality))
    return { file: jpeg, small }
  } finally {
    picture.close()
  }
}

/** Most photos are light at first; leaves in the sun are not. */
export async function lightEnough(encode: (longest: number, quality: number) => Promise<Blob>): Promise<Blob> {
  let made: Blob | null = null
  for (const { longest, quality } of sizes) {
    made = await encode(longest, quality)
    if (made.size <= mostBytes) break
  }
  if (!made) throw new Error('there is no size to try')
  return made
}

async function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
  if (!jpeg) throw new Error('the browser made no JPEG of the picture')
  return jpeg
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
