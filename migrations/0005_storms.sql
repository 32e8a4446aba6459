CREATE TABLE `storms` (
	`account` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL
);
