DROP INDEX `chats_account_key`;--> statement-breakpoint
CREATE UNIQUE INDEX `chats_key` ON `chats` (`key`,`account`);--> statement-breakpoint
CREATE INDEX `chats_phone` ON `chats` (`phone`) WHERE phone IS NOT NULL;--> statement-breakpoint
DROP INDEX `jobs_due`;--> statement-breakpoint
CREATE INDEX `jobs_leased` ON `jobs` (`lease_until`) WHERE lease_until IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`run_at`,`pool`) WHERE run_at IS NOT NULL;