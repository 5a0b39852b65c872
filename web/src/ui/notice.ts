import { type Child, h } from './dom'

/** An empty or failed state: what happened, what to do next, and at most one button. */
export function notice(title: string, body: Child[], action?: HTMLElement | null): HTMLElement {
  return h('div', { class: 'notice' }, h('h2', {}, title), ...body.map((part) => h('p', {}, part)), action)
}

export function command(text: string): HTMLElement {
  return h('code', { class: 'command' }, text)
}
