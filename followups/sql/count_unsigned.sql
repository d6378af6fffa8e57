SELECT package, count(*) FROM (
/*unsigned*/
) u GROUP BY package ORDER BY package
