// Before the first paint, so that no page flashes in the wrong theme. Told by `src/ui/theme.ts`, which writes it.
try {
  const theme = localStorage.getItem('rollcall-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // without storage the system's theme holds
}
