import '../../style/siting.css'
import { SitingDesk, type SitingHost } from './desk'

/** Siting with its styles and words, loaded when somebody asks where the next ones should go. */
export function makeSiting(host: SitingHost): SitingDesk {
  return new SitingDesk(host)
}
