import { parse } from 'yaml'
import { z } from 'zod'
import type { AppSurface } from './contract.ts'

const manifestSchema = z.object({
  display_information: z.object({ name: z.string(), description: z.string().default('') }),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).default({ home_tab_enabled: false }),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }))
      .default([]),
    shortcuts: z
      .array(
        z.object({
          name: z.string(),
          description: z.string().default(''),
          callback_id: z.string(),
          type: z.enum(['global', 'message']),
        }),
      )
      .default([]),
  }),
})

/** What the manifest of a Slack app (YAML) adds to Slack's screens. Throws when it is not one. */
export const readManifest = (text: string): AppSurface => {
  const { display_information: about, features } = manifestSchema.parse(parse(text))
  return {
    name: about.name,
    description: about.description,
    hasHome: features.app_home.home_tab_enabled,
    commands: features.slash_commands.map(({ command, description, usage_hint: usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: features.shortcuts.map(({ callback_id: callbackId, ...shortcut }) => ({
      ...shortcut,
      callbackId,
    })),
  }
}
