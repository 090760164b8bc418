import { Monitor, Moon, Sun } from 'lucide-react'
import { Section } from '../../ui/page.tsx'
import { setTheme, THEMES, type Theme, useTheme } from '../../ui/theme.ts'

const LOOKS: Record<Theme, { name: string; about: string; icon: typeof Sun }> = {
  system: { name: 'System', about: 'As this device is set.', icon: Monitor },
  light: { name: 'Light', about: 'Dark on light, always.', icon: Sun },
  dark: { name: 'Dark', about: 'Light on dark, always.', icon: Moon },
}

/** How the pages look in this browser. */
export function AppearanceSettings() {
  const current = useTheme()
  return (
    <Section title="Appearance" about="Kept in this browser.">
      <fieldset className="grid gap-3 sm:grid-cols-3">
        <legend className="sr-only">Theme</legend>
        {THEMES.map((theme) => {
          const { name, about, icon: Icon } = LOOKS[theme]
          return (
            <label
              key={theme}
              className="flex cursor-pointer items-start gap-3 rounded-lg border border-line bg-surface p-3 hover:bg-hover has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
            >
              <input
                type="radio"
                name="theme"
                value={theme}
                aria-label={name}
                aria-describedby={`${theme}-about`}
                checked={theme === current}
                onChange={() => setTheme(theme)}
                className="mt-0.5 size-4 shrink-0 outline-none"
              />
              <span className="grow">
                <span className="font-medium">{name}</span>
                <span id={`${theme}-about`} className="block text-ink-muted text-xs">
                  {about}
                </span>
              </span>
              <Icon aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
            </label>
          )
        })}
      </fieldset>
    </Section>
  )
}
