CREATE TABLE `contact_edits` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account` text NOT NULL,
	`chat` text,
	`phone` text,
	`by` text NOT NULL,
	`values` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `contact_edits_chat` ON `contact_edits` (`chat`) WHERE chat IS NOT NULL;