CREATE INDEX `chats_waiting_there` ON `chats` (`account`,`waiting_since`) WHERE waiting_since IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_failed` ON `jobs` (`kind`) WHERE run_at IS NULL;