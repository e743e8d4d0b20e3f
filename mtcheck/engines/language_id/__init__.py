"""Which language stands where: langdetect's profiles as an exact naive Bayes, script masks, two passes over a page."""
