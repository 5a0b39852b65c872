import '../../style/coverage.css'
import { problemFrom } from '../../api/client'
import { getChildren, getProfiles } from '../../api/coverage'
import { failedNotice } from '../../panels/around'
import type { Ground } from '../../panels/coverage/asked'
import { replace } from '../../ui/dom'
import type { Stage } from '../stage'
import { Desk } from './desk'

/** Learns who walks and which children there are, then opens the desk. Without children it says what to do. */
export function openCoverage(stage: Stage): () => void {
  const { frame } = stage
  let left = false
  let desk: Desk | null = null
  frame.element.classList.add('is-coverage')
  const load = async (): Promise<void> => {
    try {
      const [profiles, children] = await Promise.all([getProfiles(), getChildren()])
      if (left) return
      const ground: Ground = { county: stage.county, profiles, children }
      desk = new Desk(stage, ground)
      desk.open()
    } catch (cause) {
      if (!left)
        replace(
          frame.body,
          failed(cause, () => void load()),
        )
    }
  }
  void load()
  return () => {
    left = true
    desk?.close()
    frame.element.classList.remove('is-coverage')
  }
}

function failed(cause: unknown, retry: () => void): HTMLElement {
  const problem = problemFrom(cause)
  return failedNotice(problem.title, problem.detail, retry)
}
