import { Boxes, ChartColumn, Columns3, History, type LucideIcon, Play, Settings } from 'lucide-react'

export interface Place {
  path: string
  name: string
  icon: LucideIcon
  /** Pressed one after the other. */
  keys: string
}

/** Every page that the navigation and the command palette lead to. */
export const PLACES: readonly Place[] = [
  { path: '/models', name: 'Models', icon: Boxes, keys: 'g m' },
  { path: '/new-run', name: 'New run', icon: Play, keys: 'g n' },
  { path: '/runs', name: 'Runs', icon: History, keys: 'g r' },
  { path: '/compare', name: 'Compare', icon: Columns3, keys: 'g c' },
  { path: '/usage', name: 'Usage', icon: ChartColumn, keys: 'g u' },
  { path: '/settings', name: 'Settings', icon: Settings, keys: 'g s' },
]
