-- Revenue by genre and country, and who looks after it: all three databases in one join
SELECT t.genre.name AS genre, c.country, e.first_name || ' ' || e.last_name AS support_rep,
       sum(l.unit_price * l.quantity) AS revenue
FROM sales.invoice_line l
JOIN sales.invoice i ON i.invoice_id = l.invoice_id
JOIN sales.customer c ON c.customer_id = i.customer_id
JOIN music.artists.albums.tracks t ON t.track_id = l.track_id
JOIN office.employee e ON e.employee_id = c.support_rep_id
GROUP BY t.genre.name, c.country, e.first_name, e.last_name
ORDER BY revenue DESC, genre
LIMIT 5;

-- The best support rep by revenue, from rock alone and from everything
SELECT e.first_name || ' ' || e.last_name AS support_rep, e.title,
       sum(CASE WHEN t.genre.name = 'Rock' THEN l.unit_price * l.quantity ELSE 0 END) AS rock,
       sum(l.unit_price * l.quantity) AS revenue
FROM office.employee e
JOIN sales.customer c ON c.support_rep_id = e.employee_id
JOIN sales.invoice i ON i.customer_id = c.customer_id
JOIN sales.invoice_line l ON l.invoice_id = i.invoice_id
JOIN music.artists.albums.tracks t ON t.track_id = l.track_id
GROUP BY e.employee_id, e.first_name, e.last_name, e.title
ORDER BY revenue DESC;

-- Customers who bought most from the playlist 'Classical', and of how many artists
SELECT c.first_name || ' ' || c.last_name AS customer, c.country,
       count(*) AS tracks, count(DISTINCT t.artists_id) AS artists
FROM office.playlist p
JOIN office.playlist_track pt ON pt.playlist_id = p.playlist_id
JOIN sales.invoice_line l ON l.track_id = pt.track_id
JOIN sales.invoice i ON i.invoice_id = l.invoice_id
JOIN sales.customer c ON c.customer_id = i.customer_id
JOIN music.artists.albums.tracks t ON t.track_id = l.track_id
WHERE p.name = 'Classical'
GROUP BY c.customer_id, c.first_name, c.last_name, c.country
ORDER BY tracks DESC, customer
LIMIT 5;

-- Artists on a 'Grunge' or 'Heavy Metal Classic' playlist whose songs nobody has bought yet
SELECT a.name AS artist, count(DISTINCT t.track_id) AS songs
FROM music.artists a
JOIN music.artists.albums.tracks t ON t.artists_id = a._id
WHERE t.track_id IN (SELECT pt.track_id
                     FROM office.playlist_track pt
                     JOIN office.playlist p ON p.playlist_id = pt.playlist_id
                     WHERE p.name IN ('Grunge', 'Heavy Metal Classic'))
  AND NOT EXISTS (SELECT 1 FROM sales.invoice_line l WHERE l.track_id = t.track_id)
GROUP BY a._id, a.name
ORDER BY songs DESC, artist
LIMIT 5;

-- Revenue by quarter of 2012, beside what the longest song sold in it lasts
SELECT date_trunc('quarter', i.invoice_date) AS quarter, count(DISTINCT c.customer_id) AS customers,
       sum(l.unit_price * l.quantity) AS revenue, max(t.milliseconds) / 60000 AS longest_minutes
FROM sales.invoice i
JOIN sales.invoice_line l ON l.invoice_id = i.invoice_id
JOIN sales.customer c ON c.customer_id = i.customer_id
JOIN office.employee e ON e.employee_id = c.support_rep_id AND e.hire_date < i.invoice_date
JOIN music.artists.albums.tracks t ON t.track_id = l.track_id
WHERE i.invoice_date >= DATE '2012-01-01' AND i.invoice_date < DATE '2013-01-01'
GROUP BY date_trunc('quarter', i.invoice_date)
ORDER BY quarter;
