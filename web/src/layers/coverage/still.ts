import type { Frame } from '../../map/canvas'

/** A picture that is kept as long as the map stands still; while it moves, it is drawn directly and costs no second canvas. */
export class Still {
  private readonly sheet = document.createElement('canvas')
  private seen = ''
  private kept = ''

  draw(frame: Frame, key: string, paint: (on: CanvasRenderingContext2D) => void): void {
    const { context, shift, width, height } = frame
    const { canvas } = context
    const now = [key, shift.scale, shift.x, shift.y, width, height, canvas.width].join()
    const before = this.seen
    this.seen = now
    if (now !== before) {
      this.kept = ''
      paint(context)
      return
    }
    if (this.kept !== now) {
      this.sheet.width = canvas.width
      this.sheet.height = canvas.height
      const on = this.sheet.getContext('2d')
      if (!on) {
        paint(context)
        return
      }
      on.setTransform(context.getTransform())
      paint(on)
      this.kept = now
    }
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.drawImage(this.sheet, 0, 0)
    context.restore()
  }
}
