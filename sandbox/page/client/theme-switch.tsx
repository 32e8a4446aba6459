import { useEffect, useState } from 'react'

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const names: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' }
const key = 'theme'

const saved = (): Theme => themes.find((theme) => theme === window.localStorage.getItem(key)) ?? 'system'

export const ThemeSwitch = () => {
  const [theme, setTheme] = useState(saved)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    window.localStorage.setItem(key, theme)
  }, [theme])
  return (
    <label className="theme">
      <span>Colours</span>
      <select
        value={theme}
        onChange={({ target }) => setTheme(themes.find((each) => each === target.value) ?? 'system')}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </select>
    </label>
  )
}
