import { z } from 'zod'

const option = z.object({ value: z.string() })

/** Any element's state or action: which of these it has depends on its type. */
export const element = z
  .object({
    value: z.string().nullish(),
    selected_option: option.nullish(),
    selected_options: z.array(option).nullish(),
    selected_user: z.string().nullish(),
    selected_users: z.array(z.string()).nullish(),
    selected_conversation: z.string().nullish(),
    selected_conversations: z.array(z.string()).nullish(),
    selected_channel: z.string().nullish(),
    selected_channels: z.array(z.string()).nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
    selected_date_time: z.number().nullish(),
  })
  .transform((chosen): readonly string[] => {
    const one =
      chosen.value ??
      chosen.selected_option?.value ??
      chosen.selected_user ??
      chosen.selected_conversation ??
      chosen.selected_channel ??
      chosen.selected_date ??
      chosen.selected_time ??
      chosen.selected_date_time
    if (one !== null && one !== undefined) return [String(one)]
    return (
      chosen.selected_options?.map(({ value }) => value) ??
      chosen.selected_users ??
      chosen.selected_conversations ??
      chosen.selected_channels ??
      []
    )
  })

/** What a form's fields hold, by block and action. */
export const state = z
  .object({ values: z.record(z.string(), z.record(z.string(), element)) })
  .nullish()
  .transform((form) => form?.values ?? {})
