/** Hands the shell of the page to the worker, so that it opens with no signal. After the page stands; never in the way of it. */
export function keepWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const register = (): void => {
    // A browser that refuses (a private window, no https) just has no offline page.
    navigator.serviceWorker.register('worker.js', { updateViaCache: 'none' }).catch(() => undefined)
  }
  if (document.readyState === 'complete') setTimeout(register, 1500)
  else window.addEventListener('load', () => setTimeout(register, 1500))
}
