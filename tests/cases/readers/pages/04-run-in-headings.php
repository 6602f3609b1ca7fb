<?php
$GLOBALS['title'] = "Quillon Sells Its Interest in HB-7 - Quillon";
include('header.php'); ?>
<section class="news-detail">
  <div class="post-title"><h1>Quillon Sells Its Interest in HB-7</h1></div>
  <h3>Bellmere Pharma AG to pay $55 million</h3>
  <p><em>San Francisco, CA</em> &#8211; August 31, 2020 &#8211; Quillon Oncology Corp. today announced that it has sold its interest
  in HB-7 to Bellmere Pharma AG for $55 million in cash.</p>
  <p><b>About Quillon:</b> Quillon Oncology Corp. develops conjugates.</p>
  <p><b>About Bellmere</b> Bellmere Pharma AG is a pharmaceutical company with its seat in Basel.</p>
  <p>Press Contact: Quillon Oncology<br>Tel: <a href="tel:4155550142">(415) 555-0142</a></p>
</section>
<?php include('footer.php'); ?>
