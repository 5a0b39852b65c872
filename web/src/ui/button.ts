import { type Attributes, type Child, h, on } from './dom'
import { type IconName, icon } from './icons'

/** A button with words in it. */
export function button(click: () => void, attributes: Attributes, ...children: Child[]): HTMLButtonElement {
  return on(h('button', { type: 'button', ...attributes }, ...children), { click })
}

/** A button that shows only an icon and says its name to those who cannot see it. */
export function iconButton(name: IconName, label: string, click: () => void, kind = ''): HTMLButtonElement {
  return button(click, { class: `icon-button ${kind}`.trim(), 'aria-label': label, title: label }, icon(name))
}
