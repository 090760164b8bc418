import type { Modality, Model } from '@rollcall/core/schema'
import {
  ArrowRight,
  AudioLines,
  Braces,
  Brain,
  Eye,
  FileText,
  Image,
  type LucideIcon,
  Type,
  Video,
  Wrench,
} from 'lucide-react'
import { CAPABILITIES as ALL_CAPABILITIES } from './model-view.ts'

const MODALITY_ICONS: Record<Modality, LucideIcon> = {
  text: Type,
  image: Image,
  audio: AudioLines,
  video: Video,
  pdf: FileText,
}
const CAPABILITY_ICONS = { tools: Wrench, vision: Eye, reasoning: Brain, structured_output: Braces }
/** What it can do, not what it is. */
const CAPABILITIES = ALL_CAPABILITIES.flatMap(({ capability, words }) =>
  capability === 'open_weights' ? [] : { capability, words },
)

/** Where nothing is known. */
export function Unknown() {
  return (
    <>
      <span aria-hidden className="text-ink-faint">
        —
      </span>
      <span className="sr-only">unknown</span>
    </>
  )
}

/** What it takes and gives: icons, and the same in words. */
export function Modalities({ modalities }: { modalities: Model['modalities'] }) {
  const words = wordsOfModalities(modalities)
  if (words === '') return <Unknown />
  return (
    <span role="img" aria-label={words} data-tooltip={words} className="flex items-center gap-0.5">
      <Icons of={modalities?.input} />
      <ArrowRight aria-hidden size={11} className="shrink-0 text-ink-faint" />
      <Icons of={modalities?.output} />
    </span>
  )
}

function Icons({ of = [] }: { of: readonly Modality[] | undefined }) {
  return of.map((modality) => {
    const Icon = MODALITY_ICONS[modality]
    return <Icon key={modality} aria-hidden size={13} className="shrink-0" />
  })
}

/** "takes text, image; gives text"; empty: nothing is known. */
function wordsOfModalities(modalities: Model['modalities']): string {
  const { input = [], output = [] } = modalities ?? {}
  const takes = input.length > 0 ? [`takes ${input.join(', ')}`] : []
  const gives = output.length > 0 ? [`gives ${output.join(', ')}`] : []
  return [...takes, ...gives].join('; ')
}

/** What it can do, each in a place of its own, so that a column can be read downwards. */
export function Capabilities({ capabilities }: { capabilities: Model['capabilities'] }) {
  if (!capabilities) return <Unknown />
  const able = CAPABILITIES.filter(({ capability }) => capabilities[capability] === true)
  const words = able.map((one) => one.words).join(', ') || 'none of tools, vision, reasoning, JSON'
  return (
    <span role="img" aria-label={words} data-tooltip={words} className="grid grid-cols-[repeat(4,1.125rem)]">
      {CAPABILITIES.map(({ capability }) => {
        const Icon = CAPABILITY_ICONS[capability]
        return (
          <span key={capability} className="h-3.5">
            {capabilities[capability] === true && <Icon aria-hidden size={14} />}
          </span>
        )
      })}
    </span>
  )
}
