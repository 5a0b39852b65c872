import { generate } from 'lean-qr/nano'
import { f } from '../../text/find/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h, svg } from '../../ui/dom'
import { icon } from '../../ui/icons'

export type ShareContent = { title: string; link: string; note: string }

/** A link to copy, to send, or to scan from another phone. */
export function openShare({ title, link, note }: ShareContent, copy: () => void): void {
  const words = f().share
  const send = (): void => {
    // Put away by the person: nothing to tell.
    navigator.share({ title, url: link }).catch(() => undefined)
  }
  openDialog(
    title,
    h('figure', { class: 'share-code' }, code(link), h('figcaption', {}, words.code)),
    h('p', { class: 'share-link' }, h('a', { href: link }, link)),
    note ? h('p', { class: 'muted' }, note) : null,
    h(
      'div',
      { class: 'share-buttons' },
      button(copy, { class: 'button primary', id: 'share-copy' }, icon('copy'), words.copy),
      'share' in navigator ? button(send, { class: 'button' }, icon('share'), words.send) : null,
    ),
  )
}

function code(link: string): Element {
  try {
    return drawCode(link)
  } catch {
    return h('p', {}, f().share.codeFailed)
  }
}

/** The code as one path with the quiet zone of four modules that readers need; dark on light in every scheme. */
export function drawCode(link: string): SVGSVGElement {
  const bits = generate(link)
  const size = bits.size
  const rows: string[] = []
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (bits.get(x, y)) rows.push(`M${x} ${y}h1v1h-1z`)
  }
  return svg(
    'svg',
    {
      class: 'code',
      viewBox: `-4 -4 ${size + 8} ${size + 8}`,
      role: 'img',
      'aria-label': f().share.code,
      'shape-rendering': 'crispEdges',
    },
    svg('rect', { x: -4, y: -4, width: size + 8, height: size + 8, fill: '#fff' }),
    svg('path', { d: rows.join(''), fill: '#000' }),
  )
}
