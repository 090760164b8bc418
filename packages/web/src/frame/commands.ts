import {
  type Boxes,
  Columns3,
  Copy,
  History,
  Keyboard,
  KeyRound,
  Monitor,
  Moon,
  Play,
  RefreshCw,
  Search,
  Sun,
} from 'lucide-react'
import { withCompared } from '../models/compare-address.ts'
import { copyText } from '../ui/copy-button.tsx'
import { setTheme } from '../ui/theme.ts'
import { showToast } from '../ui/toasts.tsx'
import { PLACES } from './places.ts'

export interface Command {
  id: string
  name: string
  /** Beside the name, such as a model's id. */
  note?: string
  group: string
  icon: typeof Boxes
  /** Further commands to choose from instead of an end. */
  commands?: readonly Command[]
  onChoose?: () => void
}

export interface CommandPorts {
  navigate: (path: string) => void
  refreshAll: () => void
  showShortcuts: () => void
}

/** Every page and every action that is not about one model. */
export function generalCommands({ navigate, refreshAll, showShortcuts }: CommandPorts): Command[] {
  const action = (name: string, icon: Command['icon'], onChoose: () => void): Command => ({
    id: name,
    name,
    group: 'Actions',
    icon,
    onChoose,
  })
  return [
    ...PLACES.map(({ name, path, icon }) => ({
      id: path,
      name,
      group: 'Pages',
      icon,
      onChoose: () => navigate(path),
    })),
    action('Add API key', KeyRound, () => navigate('/settings/keys')),
    action('Show running runs', History, () => navigate('/runs?status=running')),
    action('Refresh all models', RefreshCw, refreshAll),
    action('Light theme', Sun, () => setTheme('light')),
    action('Dark theme', Moon, () => setTheme('dark')),
    action('System’s theme', Monitor, () => setTheme('system')),
    action('Keyboard shortcuts', Keyboard, showShortcuts),
  ]
}

/** What can be done with one model. */
export function modelCommands(
  { id, name }: { id: string; name: string },
  { navigate }: Pick<CommandPorts, 'navigate'>,
): Command {
  const action = (verb: string, icon: Command['icon'], onChoose: () => void): Command => ({
    id: `${verb} ${id}`,
    name: verb,
    group: name,
    icon,
    onChoose,
  })
  const model = encodeURIComponent(id)
  return {
    id,
    name,
    note: id,
    group: 'Models',
    icon: Play,
    commands: [
      action('Run with this model', Play, () => navigate(`/new-run?model=${model}`)),
      action('Show everything known of it', Search, () => navigate(`/models?model=${model}`)),
      action('Compare it', Columns3, () => navigate(withCompared(queryHere(), id))),
      action('Copy its id', Copy, async () => {
        if (await copyText(id)) showToast({ text: 'The model’s id is copied.' })
      }),
    ],
  }
}

/** Whoever compares already adds to that. */
function queryHere(): string {
  return location.pathname === '/compare' ? location.search : ''
}

/** Those of which every word typed is in the name. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
}
