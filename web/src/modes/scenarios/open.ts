import '../../style/siting.css'
import '../../style/scenarios.css'
import { type ScenarioHost, ScenariosDesk } from './desk'

/** Scenarios with their styles and words, loaded when somebody saves, opens or compares one. */
export function makeScenarios(host: ScenarioHost): ScenariosDesk {
  return new ScenariosDesk(host)
}
