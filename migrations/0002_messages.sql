CREATE TABLE `seen_events` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
--> statement-breakpoint
CREATE INDEX `seen_events_at` ON `seen_events` (`at`);--> statement-breakpoint
ALTER TABLE `chats` ADD `messages` text;--> statement-breakpoint
ALTER TABLE `chats` ADD `window_ends_at` integer;--> statement-breakpoint
ALTER TABLE `chats` ADD `last_owner` text;--> statement-breakpoint
CREATE INDEX `chats_window` ON `chats` (`window_ends_at`) WHERE window_ends_at IS NOT NULL AND waiting_since IS NOT NULL;