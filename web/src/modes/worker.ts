/** Hands the shell of the page to the worker, so that it opens with no signal. After the page stands; never in the way of it. */
export function keepWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const worker = navigator.serviceWorker
  const register = (): void => {
    // On the first visit the worker comes after what the page shows: it is told what that was.
    if (!worker.controller) {
      const tell = (): void => worker.controller?.postMessage({ loaded: loaded() })
      worker.addEventListener('controllerchange', tell, { once: true })
    }
    // A browser that refuses (a private window, no https) just has no offline page.
    worker.register('worker.js', { updateViaCache: 'none' }).catch(() => undefined)
  }
  if (document.readyState === 'complete') setTimeout(register, 1500)
  else window.addEventListener('load', () => setTimeout(register, 1500))
}

/** What was loaded so far, by its address; a position is never in one. */
function loaded(): string[] {
  return performance.getEntriesByType('resource').map(({ name }) => name)
}
